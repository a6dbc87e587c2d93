// V8 takes the text for a script.
const parse = (text) => JSON.parse(text);
parse('{\n  "a": 1,\n  "b": oops\n}');
