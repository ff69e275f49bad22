{application,gitdep,
             [{applications,[kernel,stdlib,elixir,logger]},
              {description,"gitdep"},
              {modules,['Elixir.Gitdep']},
              {registered,[]},
              {vsn,"0.4.2"}]}.
