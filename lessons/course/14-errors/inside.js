// The net in the right place, and one that is too late
function loadLater(name) {
  setTimeout(function load() {
    try {
      throw new Error(`${name} is broken`);
    } catch (error) {
      console.log('caught in load:', error.message);
    }
  }, 10);
}

async function askLater(name) {
  throw new Error(`${name} does not answer`);
}

loadLater('settings');
try {
  askLater('server').catch(function away(error) { console.log('caught by catch():', error.message); });
  console.log('asked');
} catch (error) {
  console.log('caught by try:', error.message);
}
