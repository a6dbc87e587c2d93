// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/StepView.h" // for the meta-object compiler: the class has no code of its own
