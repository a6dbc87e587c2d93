function f() {
  throw 'just a string';
}
f();
