// Lists by duration: due time decides between lists, creation order inside one.
setTimeout(() => console.log('50'), 50);
setTimeout(() => console.log('20 a'), 20);
setTimeout(() => console.log('35'), 35);
setTimeout(() => console.log('5'), 5);
setTimeout(() => console.log('20 b'), 20);
setTimeout(() => console.log('65'), 65);
setTimeout(() => console.log('20 c'), 20);
