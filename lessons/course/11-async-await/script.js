// An async function begins at once
async function readSettings() {
  console.log('reading the settings');
  const name = await 'Ada'; // no promise, and nothing to wait for
  console.log('settings are there:', name);
}

console.log('begin of the script');
readSettings();
console.log('end of the script');
