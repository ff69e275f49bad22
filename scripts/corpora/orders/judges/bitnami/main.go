// Judge: github.com/bitnami/go-version.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"

	"github.com/bitnami/go-version/pkg/version"
)

func main() {
	var versions []*version.Version
	for scanner := bufio.NewScanner(os.Stdin); scanner.Scan(); {
		text, _ := hex.DecodeString(scanner.Text())
		parsed, err := version.Parse(string(text))
		if err != nil {
			versions = append(versions, nil)
		} else {
			versions = append(versions, &parsed)
		}
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, a := range versions {
		if a == nil {
			fmt.Fprintln(out, "!")
			continue
		}
		for _, b := range versions {
			if b == nil {
				out.WriteByte('!')
			} else {
				out.WriteByte("<=>"[1+a.Compare(*b)])
			}
		}
		fmt.Fprintln(out)
	}
}
