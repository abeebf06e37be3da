/* Preloaded to linux.uml where the processor's extended state (AVX-512, AMX, ...) is larger than that kernel knows.
 *
 * It sets the registers of its processes with the first part of their state only, and Linux wants either all of it or
 * none (ptrace(2), PTRACE_SETREGSET with NT_X86_XSTATE). So the rest is added here, in its initial state.
 */
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef NT_X86_XSTATE
#define NT_X86_XSTATE 0x202
#endif

/* Intel SDM volume 1, 13.4.2: the header follows the 512 octets of FXSAVE and begins with the bit map of the parts
 * that are not in their initial state. */
#define HEADER 512

static long raw(long request, long pid, void *address, void *value)
{
	return syscall(SYS_ptrace, request, pid, address, value);
}

/* Return how many octets the state of `pid` has here. */
static size_t whole(long pid, unsigned char *room, size_t size)
{
	static size_t known;
	struct iovec all = { room, size };

	if (!known && raw(PTRACE_GETREGSET, pid, (void *)NT_X86_XSTATE, &all) == 0)
		known = all.iov_len;
	return known;
}

/* Return the parts whose place lies within the first `size` octets: x87 and SSE, then by CPUID leaf 13. */
static uint64_t parts_within(size_t size)
{
	uint64_t parts = 3;
	unsigned int part, length, offset, ecx, edx;

	for (part = 2; part < 63; part++) {
		__asm__("cpuid" : "=a"(length), "=b"(offset), "=c"(ecx), "=d"(edx) : "a"(13), "c"(part));
		if (length && offset + length <= size)
			parts |= 1ULL << part;
	}
	return parts;
}

static long set_state(long pid, struct iovec *given)
{
	static unsigned char room[65536] __attribute__((aligned(64)));
	size_t size = whole(pid, room, sizeof room);
	struct iovec all = { room, size };
	uint64_t parts;

	if (size <= given->iov_len)
		return raw(PTRACE_SETREGSET, pid, (void *)NT_X86_XSTATE, given);
	memset(room, 0, size);
	memcpy(room, given->iov_base, given->iov_len);
	memcpy(&parts, room + HEADER, sizeof parts);
	parts &= parts_within(given->iov_len);
	memcpy(room + HEADER, &parts, sizeof parts);
	return raw(PTRACE_SETREGSET, pid, (void *)NT_X86_XSTATE, &all);
}

long ptrace(enum __ptrace_request request, ...)
{
	va_list words;
	long pid, answer, word;
	void *address, *value;

	va_start(words, request);
	pid = va_arg(words, int);
	address = va_arg(words, void *);
	value = va_arg(words, void *);
	va_end(words);
	if (request == PTRACE_SETREGSET && (long)address == NT_X86_XSTATE)
		return set_state(pid, value);
	if (request < PTRACE_PEEKTEXT || request > PTRACE_PEEKUSER)
		return raw(request, pid, address, value);
	answer = raw(request, pid, address, &word); /* as glibc does: the word is returned */
	if (answer < 0)
		return answer;
	errno = 0;
	return word;
}
