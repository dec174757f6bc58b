// Package standin is what a stand-in server is made of. It is real Go, compiled and tested here, and is copied file by file into the folder
// <package>test of each generated package; what is generated there besides is a field, a method and the examples of each call.
//
// It is a package of its own, and not a part of support, because a program that calls the vendor must not carry the means to play the
// vendor. It sees the generated package as any importer does; here templates/support takes its place.
package standin
