// node-istex as its README shows it: address, then find, findByIstexId, findByIstexIds
const [address, action, ...values] = process.argv.slice(2);
const istex = require('node-istex').defaults({ baseUrl: address });
const done = (error, result) => {
  console.log(JSON.stringify(error ? { thrown: error.message } : result));
};
if (action === 'find') istex.find(values[0], done);
if (action === 'one') istex.findByIstexId(values[0], done);
if (action === 'several') istex.findByIstexIds(values, done);
