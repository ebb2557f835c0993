// Command probe is what the test bed's own check runs in its pods: one static program instead of an image with a shell.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

const usage = `probe serve ADDRESS [FILE]  answer every request with the host name; on SIGTERM append "ended" to FILE
probe get URL               print what the address answers, within 3 seconds
probe append FILE LINE      append a line
probe cat FILE              print a file
probe fill MEBIBYTES        allocate and touch memory, then say so
probe burn                  keep one CPU busy
probe id                    print the user's id`

func main() {
	if err := run(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
}

func run(args []string) error {
	// Missing arguments are empty ones: each command fails on those by itself.
	args = append(args, "", "", "")
	switch args[0] {
	case "serve":
		return serve(args[1], args[2])
	case "get":
		return get(args[1])
	case "append":
		return appendLine(args[1], args[2])
	case "cat":
		data, err := os.ReadFile(args[1])
		fmt.Print(string(data))
		return err
	case "fill":
		return fill(args[1])
	case "burn":
		for {
		}
	case "id":
		fmt.Println(os.Getuid())
		return nil
	}
	return fmt.Errorf("unknown command %q\n%s", args[0], usage)
}

func serve(address, file string) error {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM)
	go func() {
		<-ended
		if file != "" {
			if err := appendLine(file, "ended"); err != nil {
				log.Fatal(err)
			}
		}
		os.Exit(0)
	}()
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	log.Printf("%s listens on %s", name, address)
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, name) }))
}

func get(url string) error {
	client := http.Client{Timeout: 3 * time.Second}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, response.Status)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}

func appendLine(path, line string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(file, line); err != nil {
		return err
	}
	return file.Close()
}

func fill(mebibytes string) error {
	n, err := strconv.Atoi(mebibytes)
	if err != nil {
		return err
	}
	memory := make([]byte, n<<20)
	for i := 0; i < len(memory); i += 4096 {
		memory[i] = 1
	}
	fmt.Println("filled", len(memory)>>20)
	return nil
}
