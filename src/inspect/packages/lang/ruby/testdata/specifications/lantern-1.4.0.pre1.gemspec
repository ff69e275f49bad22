# -*- encoding: utf-8 -*-
# stub: lantern 1.4.0.pre1 ruby lib

Gem::Specification.new do |s|
  s.name = "lantern".freeze
  s.version = "1.4.0.pre1"

  s.required_rubygems_version = Gem::Requirement.new("> 1.3.1".freeze) if s.respond_to? :required_rubygems_version=
  s.require_paths = ["lib".freeze]
  s.authors = ["Somebody".freeze]
  s.date = "2026-11-24"
  s.homepage = "https://example.org".freeze
  s.licenses = ["MIT".freeze, "Apache-2.0".freeze]
  s.rubygems_version = "3.3.15".freeze
  s.summary = "A lantern".freeze

  s.installed_by_version = "3.3.15" if s.respond_to? :installed_by_version

  if s.respond_to? :specification_version then
    s.specification_version = 4
  end

  if s.respond_to? :add_runtime_dependency then
    s.add_runtime_dependency(%q<rexml>.freeze, [">= 3"])
  else
    s.add_dependency(%q<rexml>.freeze, [">= 3"])
  end
end
