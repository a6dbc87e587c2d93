// The catch that catches
async function askServer() {
  await null;
  throw new Error('the server is away');
}

async function loadOrDefault() {
  try {
    return await askServer();
  } catch (error) {
    console.log('using the default, because', error.message);
    return 'default';
  }
}

loadOrDefault().then(
  function loaded(value) { console.log('loaded:', value); },
  function failed(error) { console.log('it failed after all:', error.message); },
);
