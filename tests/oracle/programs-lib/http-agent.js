// An agent: which request gets which connection.
'use strict';

const http = require('http');
const { duplexPair } = require('stream');

let made = 0;
const names = new Map();

function socketTo(server, say) {
  const [client, side] = duplexPair();
  const number = ++made;
  names.set(client, number);
  for (const name of ['setTimeout', 'setKeepAlive', 'setNoDelay', 'ref', 'unref']) {
    client[name] = (...words) => {
      say('socket', number, name, ...words.filter((word) => typeof word !== 'function'));
      return client;
    };
    side[name] = () => side;
  }
  client.on('close', () => say('socket', number, 'close'));
  server.emit('connection', side);
  return client;
}

function count(set) {
  return Object.keys(set).map((key) => `${key}=${set[key].length}`).join(' ') || 'none';
}

function run(name, options, paths, behave = (req, res) => setTimeout(() => res.end(req.url), 5)) {
  return new Promise((resolve) => {
    const say = (...words) => console.log(name, ...words);
    const server = http.createServer(behave);
    const agent = new http.Agent(options);
    agent.createConnection = (given, callback) => {
      say('createConnection', given.host, given.port, given.path, given.keepAlive, given.keepAliveInitialDelay, given.servername, given._agentKey);
      if (options.later) setTimeout(() => callback(null, socketTo(server, say)), 2);
      return options.later ? undefined : socketTo(server, say);
    };
    let left = paths.length;
    made = 0;
    const state = (when) => say(when, 'sockets', count(agent.sockets), 'free', count(agent.freeSockets), 'waiting', count(agent.requests), agent.totalSocketCount);
    paths.forEach((path, index) => setTimeout(() => {
      const req = http.get({ agent, path, host: path.startsWith('/other') ? 'other' : 'here' }, (res) => {
        say('response', path, names.get(req.socket), req.reusedSocket, res.headers.connection, res.headers['keep-alive']);
        res.resume();
        res.on('end', () => say('end', path));
      });
      req.on('error', (error) => say('error', path, error.code, error.message, req.reusedSocket));
      req.on('close', () => {
        state(`close ${path}`);
        if (--left > 0) return;
        setTimeout(() => {
          state('at last');
          agent.destroy();
          setTimeout(() => {
            state('destroyed');
            resolve();
          }, 5);
        }, 5);
      });
      state(`asked ${path}`);
    }, index === paths.length - 1 && options.late ? 40 : 0));
  });
}

async function main() {
  await run('plain', {}, ['/1', '/2']);
  await run('keep', { keepAlive: true }, ['/1', '/2', '/3'], undefined);
  await run('keep late', { keepAlive: true, late: true, timeout: 5000 }, ['/1', '/2', '/3'], undefined);
  await run('max 1', { keepAlive: true, maxSockets: 1 }, ['/1', '/2', '/3']);
  await run('max 1 plain', { maxSockets: 1 }, ['/1', '/2']);
  await run('free 1', { keepAlive: true, maxFreeSockets: 1 }, ['/1', '/2']);
  await run('fifo', { keepAlive: true, scheduling: 'fifo', late: true }, ['/1', '/2', '/3']);
  await run('total', { keepAlive: true, maxTotalSockets: 1 }, ['/1', '/other', '/2']);
  await run('later', { keepAlive: true, later: true }, ['/1', '/2']);
  await run('server closes', { keepAlive: true }, ['/1', '/2'], (req, res) => {
    res.setHeader('Connection', 'close');
    res.end();
  });
  await run('destroys', { keepAlive: true, late: true }, ['/1', '/2'], (req, res) => req.socket.destroy());
  console.log(new http.Agent().getName({ host: 'a', port: 1, localAddress: 'b', family: 6, socketPath: '/x' }), http.globalAgent.keepAlive,
              http.globalAgent.options.timeout, http.Agent().maxSockets);
  for (const options of [{ scheduling: 'x' }, { maxTotalSockets: 0 }, { maxTotalSockets: 'x' }]) {
    try {
      new http.Agent(options);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
}

main();
