// Judge: NuGet.Versioning, as it lies in nuget.exe 5.8 (npm package nuget-exe). Needs Debian's mono-mcs and mono-runtime:
// mcs NuGet.cs && mono NuGet.exe path/to/nuget.exe
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

class Judge
{
    static void Main(string[] args)
    {
        var type = Assembly.LoadFrom(args[0]).GetType("NuGet.Versioning.NuGetVersion");
        var tryParse = type.GetMethod("TryParse");
        var versions = new List<IComparable>();
        for (string line; (line = Console.ReadLine()) != null;)
        {
            var bytes = Enumerable.Range(0, line.Length / 2).Select(at => Convert.ToByte(line.Substring(2 * at, 2), 16));
            var parameters = new object[] { Encoding.UTF8.GetString(bytes.ToArray()), null };
            versions.Add((bool)tryParse.Invoke(null, parameters) ? (IComparable)parameters[1] : null);
        }
        foreach (var a in versions)
        {
            var row = versions.Select(b => b == null ? '!' : "<=>"[1 + Math.Sign(a == null ? 0 : a.CompareTo(b))]);
            Console.WriteLine(a == null ? "!" : new string(row.ToArray()));
        }
    }
}
