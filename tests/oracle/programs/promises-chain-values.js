Promise.resolve(1).then(2).then((v) => console.log('passes through', v));
Promise.reject(3).then(() => {}, undefined).catch((v) => console.log('passes through', v));
Promise.resolve(4).then((v) => { throw v; }).catch((v) => v + 1).then((v) => console.log(v));
Promise.resolve(5).catch(() => {}).finally(() => 'ignored').then((v) => console.log(v));
Promise.reject(6).finally(() => { throw 7; }).catch((v) => console.log(v));
Promise.resolve(8).then(undefined, null).then((v) => console.log(v));
