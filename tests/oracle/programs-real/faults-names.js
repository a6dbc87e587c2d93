// Names that nobody has. Without any network the system says so in another way, so only what is the same in both is shown.
const dns = require('dns');
const http = require('http');
const net = require('net');

const name = 'no-such-host.invalid';
const told = (what, error) => console.log(what, ['ENOTFOUND', 'EAI_AGAIN'].includes(error.code), error.syscall, error.hostname,
  error.message === `${error.syscall} ${error.code} ${error.hostname}`);
dns.lookup(name, (error) => {
  told('lookup', error);
  dns.promises.lookup(name, { all: true }).catch((all) => {
    told('promises', all);
    net.connect(80, name).on('error', (connect) => {
      told('connect', connect);
      http.get(`http://${name}/`).on('error', (get) => {
        told('get', get);
        fetch(`http://${name}/`).catch((failed) => {
          console.log(failed.name, failed.message);
          told('fetch', failed.cause);
        });
      });
    }).on('close', (hadError) => console.log('close', hadError));
  });
});
