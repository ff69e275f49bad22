# Judge: Elixir's own Version, which Hex uses. Needs Debian's elixir.
versions =
  for line <- IO.stream(:stdio, :line) do
    case Version.parse(Base.decode16!(String.trim(line), case: :lower)) do
      {:ok, version} -> version
      :error -> nil
    end
  end

signs = %{lt: "<", eq: "=", gt: ">"}

for a <- versions do
  row = if a, do: for(b <- versions, do: if(b, do: signs[Version.compare(a, b)], else: "!")), else: "!"
  IO.puts(row)
end
