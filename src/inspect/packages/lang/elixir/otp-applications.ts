/**
 * Applications that come with Erlang/OTP or Elixir, of all their releases: https://www.erlang.org/doc/applications,
 * https://github.com/elixir-lang/elixir/tree/main/lib
 */
export const otpApplications: ReadonlySet<string> = new Set([
  ...[
    'asn1',
    'common_test',
    'compiler',
    'cosEvent',
    'cosEventDomain',
    'cosFileTransfer',
    'cosNotification',
    'cosProperty',
  ],
  ...['cosTime', 'cosTransactions', 'crypto', 'debugger', 'dialyzer', 'diameter', 'edoc', 'eldap', 'erl_docgen'],
  ...[
    'erl_interface',
    'erts',
    'et',
    'eunit',
    'ftp',
    'gs',
    'hipe',
    'ic',
    'inets',
    'jinterface',
    'kernel',
    'megaco',
    'mnesia',
  ],
  ...['observer', 'odbc', 'orber', 'os_mon', 'ose', 'otp_mibs', 'parsetools', 'percept', 'public_key', 'reltool'],
  ...['runtime_tools', 'sasl', 'snmp', 'ssh', 'ssl', 'stdlib', 'syntax_tools', 'test_server', 'tftp', 'tools', 'typer'],
  ...['webtool', 'wx', 'xmerl', 'eex', 'elixir', 'ex_unit', 'iex', 'logger', 'mix'],
]);
