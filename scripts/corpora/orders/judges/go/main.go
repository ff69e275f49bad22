// Judge: golang.org/x/mod/semver. OSV writes Go's versions without the leading v, so one is put before those that have none.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

func main() {
	var versions []string
	for scanner := bufio.NewScanner(os.Stdin); scanner.Scan(); {
		text, _ := hex.DecodeString(scanner.Text())
		versions = append(versions, "v"+strings.TrimPrefix(string(text), "v"))
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, a := range versions {
		if !semver.IsValid(a) {
			fmt.Fprintln(out, "!")
			continue
		}
		for _, b := range versions {
			out.WriteByte("<=>"[1+semver.Compare(a, b)])
		}
		fmt.Fprintln(out)
	}
}
