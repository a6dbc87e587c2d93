// A check of an argument in Node's own code ends the process.
function later() {
  setTimeout('not a function', 1);
}
later();
