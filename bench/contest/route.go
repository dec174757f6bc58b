package main

// The section about routing: the switch of the generated server, as routes copied it, beside net/http's ServeMux and a map.

import (
	"errors"
	"net/http"
)

func routeSection() section {
	return section{name: "Route", about: "From a path to its operation: every path of generated/msdk once.", rows: []row{{name: "all paths", set: routers}}}
}

func routers() (entrants []entrant, end func(), err error) {
	mux, table := http.NewServeMux(), map[string]int{}
	var requests []*http.Request
	for i, path := range switchedPaths {
		mux.Handle("POST "+path, http.NotFoundHandler())
		table[path] = i + 1
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1"+path, nil)
		if err != nil {
			return nil, nil, err
		}
		requests = append(requests, r)
	}
	each := func(found func(r *http.Request) bool) func() error {
		return func() error {
			for _, r := range requests {
				if !found(r) {
					return errors.New("a path was not found")
				}
			}
			return nil
		}
	}
	return []entrant{
		{name: "switch", run: each(func(r *http.Request) bool { return switched(r.URL.Path) != 0 })},
		{name: "map", run: each(func(r *http.Request) bool { return table[r.URL.Path] != 0 })},
		{name: "ServeMux", run: each(func(r *http.Request) bool {
			_, pattern := mux.Handler(r)
			return pattern != ""
		})},
	}, nil, nil
}
