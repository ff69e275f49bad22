package = "lamp"
version = "1.0-1"
source = { url = "https://rocks.example.org/lamp.zip", dir = "." }
description = { summary = "x", license = "MIT/X11" }
dependencies = { "lua >= 5.1" , "oil >= 2" }
build = { type = "builtin", modules = { lamp = "lamp.lua" } }
