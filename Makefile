# What a person types. The work is done by the scripts in tools/, which say what they do.
.PHONY: help run build dev test check setup bench

help:
	@echo "make run          set up, build optimised and start Redress; DEMO=1 starts with a demo chain"
	@echo "make build        the same without starting it: dist/redress and dist/site"
	@echo "make dev          the same with quick debug builds; DEMO=1 as above"
	@echo "make test         every check and every test, set-up included"
	@echo "make check        formatting, lints, licences and types only"
	@echo "make bench        measure the optimised server: SIZES=\"10000 100000 1000000\" DATABASES=\"sqlite postgres\""
	@echo "make setup        only the set-up for all of these"

run: build
	@tools/run.sh

build:
	@tools/setup.sh run
	@tools/build.sh

dev:
	@tools/setup.sh run
	@tools/build.sh --dev
	@tools/run.sh

setup:
	@tools/setup.sh test

check:
	@tools/setup.sh test
	@tools/check.sh

test:
	@tools/test.sh

bench: build
	@tools/setup.sh bench
	@tools/bench/bench.sh
