const visits = []; // of a web site: who looked at which page

function readVisits() {
  for (let i = 0; i < 4000; i++)
    visits.push({ user: (i * 7919) % 2000, page: (i * 31) % 40 });
}

function contains(list, value) {
  for (const each of list) if (each === value) return true;
  return false;
}

function countUsers() {
  const users = [];
  for (const visit of visits)
    if (!contains(users, visit.user)) users.push(visit.user);
  console.log(`${users.length} users`);
}

function rankPages() {
  const pages = new Map();
  for (const { page } of visits)
    pages.set(page, (pages.get(page) ?? 0) + 1);
  const ranked = [...pages].sort((one, other) => other[1] - one[1]);
  const most = ranked[0][1];
  console.log(`${ranked.length} pages, the most looked at ${most} times`);
}

readVisits();
setTimeout(countUsers, 10);
setTimeout(rankPages, 12);
const pulse = setInterval(function beat() {}, 5);
setTimeout(function stop() {
  clearInterval(pulse);
}, 60);
