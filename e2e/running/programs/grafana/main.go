// A stand-in for Grafana, whose module is not to be had without its pages: it needs what Grafana needs of its chart, refuses what Grafana's
// rule against forged requests refuses, and answers the rest with what it was asked.
package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"sync/atomic"
)

var requests atomic.Int64

func main() {
	for _, name := range []string{"GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD"} {
		if os.Getenv(name) == "" {
			log.Fatalf("%s is empty: Grafana would make an administrator of its own", name)
		}
	}
	database, err := os.OpenFile("/var/lib/grafana/grafana.db", os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		log.Fatal(err)
	}
	defer database.Close()

	http.HandleFunc("/api/health", func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]any{"database": "ok"}) })
	http.HandleFunc("/metrics", metrics)
	http.HandleFunc("POST /login", login)
	http.HandleFunc("/", site)
	log.Print("HTTP Server Listen address=[::]:3000")
	log.Fatal(http.ListenAndServe(":3000", nil))
}

func site(w http.ResponseWriter, r *http.Request) {
	requests.Add(1)
	if isForged(r) {
		http.Error(w, "origin not allowed", http.StatusForbidden)
		return
	}
	answer(w, map[string]any{"method": r.Method, "path": r.URL.Path, "host": r.Host, "headers": r.Header})
}

// login lets the administrator in, as pkg/api/login.go does, with the cookie that isForged looks for.
func login(w http.ResponseWriter, r *http.Request) {
	if isForged(r) {
		http.Error(w, "origin not allowed", http.StatusForbidden)
		return
	}
	var form struct{ User, Password string }
	err := json.NewDecoder(r.Body).Decode(&form)
	if err != nil || form.User != os.Getenv("GF_SECURITY_ADMIN_USER") || form.Password != os.Getenv("GF_SECURITY_ADMIN_PASSWORD") {
		w.WriteHeader(http.StatusUnauthorized)
		answer(w, map[string]any{"message": "Invalid username or password"})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "grafana_session", Value: rand.Text(), Path: "/", HttpOnly: true})
	answer(w, map[string]any{"message": "Logged in"})
}

// isForged is the rule of grafana/grafana, pkg/middleware/csrf/csrf.go: who is logged in and comes from a page must come from one of ours.
// Ports are not compared.
func isForged(r *http.Request) bool {
	_, err := r.Cookie("grafana_session")
	origin := r.Header.Get("Origin")
	isSafe := r.Method == http.MethodHead || r.Method == http.MethodOptions || r.Method == http.MethodTrace
	if err != nil || isSafe || origin == "" {
		return false
	}
	from, err := url.Parse(origin)
	own := url.URL{Host: r.Host}
	return err != nil || own.Hostname() == "" || from.Hostname() != own.Hostname()
}

func metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprintf(w, "# TYPE grafana_stand_in_requests_total counter\ngrafana_stand_in_requests_total %d\n", requests.Load())
}

func answer(w http.ResponseWriter, told map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(told); err != nil {
		log.Print(err)
	}
}
