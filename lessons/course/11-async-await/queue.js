// Three who wait
async function bake() {
  await null;
  console.log('the bread is baked');
}

async function brew() {
  console.log('the coffee is brewed'); // no await in here
}

function wash() {
  console.log('the cups are washed');
}

setTimeout(wash, 0);
bake();
brew().then(function pour() { console.log('the coffee is poured'); });
