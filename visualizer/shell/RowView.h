// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

class QHeaderView;

namespace loopscope {

/// Rows of one height over a model of any length: what is shown costs the same with ten rows and with a hundred million.
///
/// Qt's own views keep several bytes for each row and walk over all of them whenever rows are added, which a live run does 60 times a
/// second. This one keeps nothing a row: the scroll bar counts rows, and places are worked out. It is a QListView only so that Qt makes it
/// accessible as a table; none of its layout is used. The model is flat and has no hidden rows.
class RowView : public QListView
{
    Q_OBJECT
public:
    explicit RowView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// In pixels, above 0.
    void setRowHeight(int height);
    int rowHeight() const { return m_rowHeight; }
    /// Shows a head with the columns' names, whose widths are those of the columns; without one the first column has the whole width.
    QHeaderView *makeHeader();
    QHeaderView *header() const { return m_header; }
    /// Without a head: a column wider than the view can be scrolled sideways, if the policy of the scroll bar lets it.
    void setContentWidth(int width);
    int contentWidth() const { return m_contentWidth; }
    int firstVisibleRow() const;
    bool isScrolledToBottom() const;
    /// The selected rows in their order, at most `limit` of them.
    QList<int> selectedRows(int limit) const;

    QRect visualRect(const QModelIndex &index) const override;
    QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    /// Types into a model of millions of rows would look through all of them; views have their own search.
    void keyboardSearch(const QString &) override { }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;

private:
    int rowCount() const { return model() != nullptr ? model()->rowCount() : 0; }
    /// The row at a height, also outside of the viewport; not limited to rows there are.
    int rowAt(int y) const;
    int topOf(int row) const;
    int rowsInView() const;
    void rowsGone();

    QHeaderView *m_header = nullptr;
    int m_rowHeight = 20;
    int m_contentWidth = 0;
};

} // namespace loopscope
