# Judge: R's compareVersion, on what package_version accepts. Needs Debian's r-base-core. (Before R 4.3 the operators of
# package_version encode versions as floating-point numbers, for which 1.0 is 1.0.0; compareVersion never did.)
decode <- function(line) rawToChar(as.raw(strtoi(substring(line, seq(1, nchar(line), 2), seq(2, nchar(line), 2)), 16L)))
lines <- readLines(file("stdin"))
texts <- vapply(lines, function(line) if (nchar(line) == 0) "" else decode(line), "")
is_version <- function(text) {
  version <- tryCatch(package_version(text, strict = FALSE), error = function(e) NULL)
  length(unlist(version)) > 0 && !anyNA(unlist(version))
}
accepted <- vapply(texts, is_version, NA)
for (a in seq_along(texts)) {
  if (!accepted[[a]]) {
    cat("!\n")
    next
  }
  row <- rep("!", length(texts))
  row[accepted] <- c("<", "=", ">")[2 + vapply(texts[accepted], function(b) compareVersion(texts[[a]], b), 0)]
  cat(row, "\n", sep = "")
}
