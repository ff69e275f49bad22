require('express')()
  .get('/', (_request, response) => response.send('light on'))
  .listen(8080);
