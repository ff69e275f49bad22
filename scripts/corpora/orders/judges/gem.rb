# Judge: RubyGems, as Debian's ruby has it.
versions = $stdin.each_line.map do |line|
  Gem::Version.new([line.strip].pack("H*").force_encoding("UTF-8"))
rescue ArgumentError
  nil
end
versions.each do |a|
  puts(a.nil? ? "!" : versions.map { |b| b.nil? ? "!" : "<=>"[1 + (a <=> b)] }.join)
end
