// Who waits for whom?
async function knead() {
  await null;
  console.log('the dough is kneaded');
}

async function bake() {
  await knead();
  console.log('the bread is baked');
}

function light() {
  console.log('the oven is lit');
}

function greet() {
  console.log('good morning');
}

queueMicrotask(light);
bake();
process.nextTick(greet);
