console.log('about to throw');
throw new Error('module failed');
