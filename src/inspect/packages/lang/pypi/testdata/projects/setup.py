from setuptools import setup

version = "1.0.0"
setup(
    name="lamp",
    version=version,
    py_modules=[],
    install_requires=[
        "six==1.17.0",
        'requests[security]==2.31.0; python_version >= "3.8"',  # ]
        "idna" ">=3",
        r"click==8.1.7",
    ],
    tests_require=["nose==1.3.7"],
    extras_require={"fast": ["ujson==5.9.0"]},
)
