{application,rdep,
             [{registered,[]},
              {description,"x"},
              {vsn,"2.1.0"},
              {applications,[kernel,stdlib]},
              {licenses,["MIT"]},
              {modules,[]}]}.
