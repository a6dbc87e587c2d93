// An interval and timeouts between its rounds.
const log = [];
const interval = setInterval(() => { log.push('round'); if (log.filter((x) => x === 'round').length === 3) { clearInterval(interval); console.log(log.join(' ')); } }, 40);
setTimeout(() => log.push('at 20'), 20);
setTimeout(() => log.push('at 60'), 60);
setTimeout(() => log.push('at 100'), 100);
