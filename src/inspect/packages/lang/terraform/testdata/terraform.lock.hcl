# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.example.org/acme/lamp" {
  version     = "1.4.0"
  constraints = "~> 1.2"
  hashes = [
    "h1:ojzGQU+0CU9xF75CR0ZQUFXyEMrVsovYgUqL1H9uwMg=",
  ]
}

provider "registry.example.org/acme/tide" {
  version     = "0.2.1-beta2"
  constraints = "0.2.1-beta2"
  hashes = [
    "h1:TgAmHkPim5G8BDzZCLQYuoIcr9e8f1whYo4heudT4hM=",
  ]
}

provider "registry.example.org/harbour/quay" {
  version = "3.0.0"
  hashes = [
    "h1:MN1k/Ybl2RlzjLq7qZGUUT0pEOxpnx6vik6o8+xQkB8=",
  ]
}
