// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to V4's private headers (see docs/decisions/v4-private-headers.md). Everything that needs them includes this file only.

#ifdef __GNUC__
#pragma GCC system_header // Qt's private headers do not compile without warnings under our flags
#endif

#include <QJSEngine>

#include <private/qjsvalue_p.h>
#include <private/qv4alloca_p.h>
#include <private/qv4arraybuffer_p.h>
#include <private/qv4arrayobject_p.h>
#include <private/qv4engine_p.h>
#include <private/qv4errorobject_p.h>
#include <private/qv4function_p.h>
#include <private/qv4functionobject_p.h>
#include <private/qv4generatorobject_p.h>
#include <private/qv4instr_moth_p.h>
#include <private/qv4lookup_p.h>
#include <private/qv4mapiterator_p.h>
#include <private/qv4mapobject_p.h>
#include <private/qv4mm_p.h>
#include <private/qv4object_p.h>
#include <private/qv4proxy_p.h>
#include <private/qv4runtime_p.h>
#include <private/qv4runtimeapi_p.h>
#include <private/qv4script_p.h>
#include <private/qv4setiterator_p.h>
#include <private/qv4setobject_p.h>
#include <private/qv4stackframe_p.h>
#include <private/qv4symbol_p.h>
#include <private/qv4typedarray_p.h>
