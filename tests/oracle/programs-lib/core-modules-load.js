// Every core module can be loaded, whether or not its functions can be called; addresses are told apart without a network.
const { builtinModules } = require('module');
process.removeAllListeners('warning').on('warning', () => {});
for (const name of builtinModules) {
  if (!/^_|punycode|inspector/.test(name) && typeof require(name) !== 'object') console.log(name, typeof require(name));
  if (require(name) !== require(`node:${name}`)) console.log(name, 'differs');
}

class Connection extends require('net').Socket {}
class Task extends require('child_process').ChildProcess {}
console.log(Connection.name, typeof Connection, Task.name);
console.log(require('cluster').isPrimary, require('cluster').isWorker);
const { isIP, isIPv4, isIPv6 } = require('net');
for (const address of ['1.2.3.4', '01.2.3.4', '256.1.1.1', '1.2.3', '::', '::1', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::ffff:1.2.3.4', '1.2.3.4::',
  'fe80::1%eth0', '1::2::3', '12345::', ':1', '', undefined, 1]) {
  console.log(address, isIP(address), isIPv4(address), isIPv6(address));
}
const { METHODS, STATUS_CODES, maxHeaderSize } = require('http');
console.log(METHODS.join(), STATUS_CODES, maxHeaderSize);
