package = "oil"
version = "2.3.1-2"
source = { url = "https://rocks.example.org/oil.zip", dir = "." }
description = { summary = "x", license = "MIT/X11" }
dependencies = { "lua >= 5.1"  }
build = { type = "builtin", modules = { oil = "oil.lua" } }
