// Which of these names does a Node script have?
const names = ['Array', 'Promise', 'setTimeout', 'console', 'process', 'document', 'alert'];

for (const name of names) {
  const there = name in globalThis;
  console.log(name, there ? 'is there' : 'is missing');
}
