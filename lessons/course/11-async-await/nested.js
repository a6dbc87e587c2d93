// An async function that awaits another one
async function readFileOf(user) {
  console.log('looking for the file of', user);
  await null;
  console.log('found the file of', user);
}

async function greet(user) {
  console.log('greeting begins');
  await readFileOf(user);
  console.log('hello,', user);
}

greet('Grace');
console.log('the caller goes on');
