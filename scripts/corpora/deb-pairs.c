/*
 * Puts every pair of the versions of a corpus (src/base/versions/testdata/deb.txt, given on standard input) to libdpkg, both
 * ways round, and counts those whose answer is not what their lines say. Needs Debian's libdpkg-dev and libmd-dev:
 * cc -DLIBDPKG_VOLATILE_API deb-pairs.c -ldpkg -lmd && ./a.out < deb.txt
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dpkg/dpkg.h>
#include <dpkg/dpkg-db.h>

static struct dpkg_version versions[100000];
static int lines[100000];

int main(void)
{
	char text[4096];
	long wrong = 0, pairs = 0;
	int count = 0;

	push_error_context();
	for (int line = 0; fgets(text, sizeof text, stdin); line++) {
		if (text[0] == '#')
			continue;
		for (char *word = strtok(text, "\t\n"); word; word = strtok(NULL, "\t\n"), count++) {
			struct dpkg_error error = DPKG_ERROR_INIT;
			if (parseversion(&versions[count], strdup(word), &error))
				return fprintf(stderr, "%s: %s\n", word, error.str), 2;
			lines[count] = line;
		}
	}
	for (int a = 0; a < count; a++) {
		for (int b = a + 1; b < count; b++, pairs++) {
			int there = dpkg_version_compare(&versions[a], &versions[b]);
			int back = dpkg_version_compare(&versions[b], &versions[a]);
			wrong += lines[a] == lines[b] ? there || back : there >= 0 || back <= 0;
		}
	}
	printf("%d versions, %ld pairs, %ld wrong\n", count, pairs, wrong);
	return wrong != 0;
}
