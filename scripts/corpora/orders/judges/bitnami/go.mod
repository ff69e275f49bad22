module example.org/judge

go 1.22

require github.com/bitnami/go-version v0.0.0-20250505154626-452e8c5ee607
