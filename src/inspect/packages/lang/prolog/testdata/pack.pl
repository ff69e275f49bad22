% A pack
name(lamp).
version('1.2.0').
title('Lights a lamp').
author('Acme', 'acme@example.org').
maintainer('Acme Works', 'works@example.org').
home('https://lamp.example.org/').
