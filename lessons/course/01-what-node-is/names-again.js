// And which of these?
const names = ['JSON', 'Map', 'setInterval', 'Buffer', 'window', 'localStorage'];

for (const name of names) {
  const there = name in globalThis;
  console.log(name, there ? 'is there' : 'is missing');
}
