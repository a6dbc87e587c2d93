const settings = { user: null };
function nameOf(s) {
  return s.user.name;
}
console.log('start');
console.log(nameOf(settings));
