// statements of @ezs/istex, one behind the other as arguments: name, JSON of its options, ...
const { PassThrough } = require('stream');
const ezs = require('@ezs/core');

ezs.use(require('@ezs/istex'));
const [first, ...statements] = process.argv.slice(2);
const input = new PassThrough({ objectMode: true });
let flow = input;
for (let at = 0; at < statements.length; at += 2) {
  flow = flow.pipe(ezs(statements[at], JSON.parse(statements[at + 1])));
}
const found = [];
flow
  .pipe(ezs.catch(error => error))
  .on('error', error => {
    console.log(JSON.stringify({ thrown: error.message }));
    process.exit(0);
  })
  .on('data', item => found.push(item))
  .on('end', () => console.log(JSON.stringify(found)));
input.end(JSON.parse(first));
