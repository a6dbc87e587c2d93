// Breakfast: functions that call functions
function spread(what) {
  console.log('spread', what);
}

function toast() {
  console.log('toast the bread');
  spread('butter');
  spread('jam');
}

function brew() {
  console.log('brew the tea');
}

function breakfast() {
  toast();
  brew();
  console.log('breakfast is ready');
}

breakfast();
