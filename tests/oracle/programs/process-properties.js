console.log(typeof process.pid, process.pid > 0, process.platform, process.argv.length, typeof process.argv0);
console.log(process.version.startsWith('v20.'), process.versions.node.startsWith('20.'), process.release.name, process.title.length > 0);
console.log(typeof process.cwd(), process.env.TZ, process.env.NOT_SET, 'PATH' in process.env, delete process.env.PATH, process.env.PATH);
process.env.NUMBER = 5; console.log(process.env.NUMBER);
console.log(typeof process.uptime(), process.uptime() < 100, Object.keys(process.memoryUsage()).sort().join());
console.log(process.hrtime().length, typeof process.hrtime.bigint === 'function', Object.keys(process.cpuUsage()).join(), process.execArgv);
console.log(process[Symbol.toStringTag], String(process), process.exitCode, process.arch.length > 0);
console.log(process.stdout.isTTY, process.stdout.writable, process.stdout.fd, process.stderr.fd, process.stdin.fd);
console.log(process === globalThis.process, process === require('process'), process instanceof require('events'));
