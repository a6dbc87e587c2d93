// The Encoding Standard's older encodings: labels, text, what is no text, and chunks that end within a character.
'use strict';

const bytes = new Uint8Array([0x41, 0xe9, 0xc3, 0xa4, 0x5c, 0x7e, 0xb0, 0xa1, 0xf1, 0x20]);
const labels = ['866', 'latin2', 'latin3', 'latin4', 'cyrillic', 'arabic', 'greek', 'visual', 'logical', 'l6', 'iso885913', 'iso8859-14', 'l9', 'koi',
                'koi8-ru', 'mac', 'tis-620', 'cp1250', 'x-cp1251', ' ASCII\n', 'cp1253', 'latin5', 'cp1255', 'cp1256', 'cp1257', 'cp1258',
                'x-mac-ukrainian', 'chinese', 'gb18030', 'big5-hkscs', 'x-euc-jp', 'csiso2022jp', 'sjis', 'korean', 'x-user-defined', 'nonsense'];
for (const label of labels) {
  try {
    const decoder = new TextDecoder(label);
    console.log(decoder.encoding, JSON.stringify(decoder.decode(bytes)));
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
}

const japanese = new TextDecoder('shift_jis');
console.log(japanese.decode(new Uint8Array([0x93]), { stream: true }), japanese.decode(new Uint8Array([0xfa, 0x96]), { stream: true }),
  japanese.decode(new Uint8Array([0x7b])));
const strict = new TextDecoder('euc-kr', { fatal: true });
for (const input of [[0xc7, 0xd1, 0xb1, 0xdb], [0xc7], [0xff, 0x41]]) {
  try {
    console.log(strict.decode(new Uint8Array(input)));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
