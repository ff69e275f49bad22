# Package

version       = "1.2.0"
author        = "Acme"
description   = "Lights a lamp"
license       = "MIT"
srcDir        = "src"

requires "nim >= 1.4.0"
