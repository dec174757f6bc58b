go test -run 'TestZZ' -count 1 -v . | grep -v "ok\|RUN\|PASS"
