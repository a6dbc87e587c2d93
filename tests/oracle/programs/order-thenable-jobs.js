const thenable = (name) => ({ then(resolve) { console.log('then called', name); resolve(name); } });
Promise.resolve(thenable('a')).then((v) => console.log('resolved', v));
new Promise((resolve) => resolve(thenable('b'))).then((v) => console.log('resolved', v));
(async () => console.log('awaited', await thenable('c')))();
(async () => thenable('d'))().then((v) => console.log('returned', v));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));
