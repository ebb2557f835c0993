//go:build !linux

package apiserver

import "syscall"

func diesWithParent() *syscall.SysProcAttr { return nil }
