# Perplexity against memory; the area of a circle is proportional to the parameters. Data: figure-1.dat
set terminal svg size 800,820 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-1.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set ylabel 'Validation perplexity' offset 0.5,0
set lmargin at screen 0.09750; set rmargin at screen 0.97000
set bmargin at screen 0.57073; set tmargin at screen 0.92439
set label 101 'Published: LLaMA 1B' at screen 0.09750,0.97561 font ',15'
set label 102 'SLTrain sits at 4.08 ± 0.01 in the published figure, at 4.16 in table 2 and by the formula; unexplained.' at screen 0.09750,0.94878 font ',12' textcolor rgb '#555555'
set xlabel 'Estimated memory of parameters and optimizer (G = 10⁹ bytes)'
set xrange [3.0468:8.653199999999998]; set logscale y
set yrange [10.917070675068459:203.14669255231274]
set xtics ('4' 4.0, '5' 5.0, '6' 6.0, '7' 7.0, '8' 8.0)
set ytics ('15' 15.0, '20' 20.0, '30' 30.0, '50' 50.0, '70' 70.0, '100' 100.0, '150' 150.0, '200' 200.0)
set label 1 'Full-Rank, 1339M' at screen 0.83957,0.61360 right front
set label 2 'Low-Rank, 609M' at screen 0.21898,0.88152 left front
set label 3 'ReLoRA, 1339M' at screen 0.57501,0.63342 right front
set label 4 'GaLore, 1339M' at screen 0.36412,0.65690 center front
set label 5 'SLTrain, 646M' at screen 0.23169,0.61803 right front
plot 'figure-1.dat' index 0 every ::0::0 using ($2/1000000000.0):3:(0.176706017191977*sqrt($5/1339000000.0)) with circles lc rgb '#000000' fs transparent solid 0.35 border lc rgb '#000000', \
  'figure-1.dat' index 0 every ::0::0 using ($2/1000000000.0):3 with points pt 7 ps 0.3 lc rgb '#000000', \
  'figure-1.dat' index 0 every ::1::1 using ($2/1000000000.0):3:(0.176706017191977*sqrt($5/1339000000.0)) with circles lc rgb '#E69F00' fs transparent solid 0.35 border lc rgb '#E69F00', \
  'figure-1.dat' index 0 every ::1::1 using ($2/1000000000.0):3 with points pt 7 ps 0.3 lc rgb '#E69F00', \
  'figure-1.dat' index 0 every ::2::2 using ($2/1000000000.0):3:(0.176706017191977*sqrt($5/1339000000.0)) with circles lc rgb '#009E73' fs transparent solid 0.35 border lc rgb '#009E73', \
  'figure-1.dat' index 0 every ::2::2 using ($2/1000000000.0):3 with points pt 7 ps 0.3 lc rgb '#009E73', \
  'figure-1.dat' index 0 every ::3::3 using ($2/1000000000.0):3:(0.176706017191977*sqrt($5/1339000000.0)) with circles lc rgb '#0072B2' fs transparent solid 0.35 border lc rgb '#0072B2', \
  'figure-1.dat' index 0 every ::3::3 using ($2/1000000000.0):3 with points pt 7 ps 0.3 lc rgb '#0072B2', \
  'figure-1.dat' index 0 every ::4::4 using ($2/1000000000.0):3:(0.176706017191977*sqrt($5/1339000000.0)) with circles lc rgb '#D55E00' fs transparent solid 0.35 border lc rgb '#D55E00', \
  'figure-1.dat' index 0 every ::4::4 using ($2/1000000000.0):3 with points pt 7 ps 0.3 lc rgb '#D55E00'
unset label
unset arrow
set lmargin at screen 0.09750; set rmargin at screen 0.97000
set bmargin at screen 0.07073; set tmargin at screen 0.42439
set label 101 'Here: 60M proxy, scale quick' at screen 0.09750,0.47561 font ',15'
set label 102 'Corrected perplexity, mean ± standard deviation of 3 seeds; memory of the model trained, by the paper''s formulas.' at screen 0.09750,0.44878 font ',12' textcolor rgb '#555555'
set xlabel 'Estimated memory of parameters and optimizer (k = 10³ bytes)'
set xrange [479.79903999999993:774.79296]; set logscale y
set yrange [45.133365805932:94.95820704908563]
set xtics ('500' 500.0, '550' 550.0, '600' 600.0, '650' 650.0, '700' 700.0, '750' 750.0)
set ytics ('50' 50.0, '60' 60.0, '70' 70.0, '80' 80.0, '90' 90.0)
set label 1 'Full-Rank, 115k' at screen 0.75833,0.12255 left front
set label 2 'Low-Rank, zero B, 85.3k' at screen 0.22410,0.33590 left front
set label 3 'Low-Rank, Xavier, 85.3k' at screen 0.22410,0.37702 left front
set label 4 'Low-Rank, CoLA start, 85.3k' at screen 0.21497,0.30449 left front
set label 5 'Low-Rank, SVD start, 85.3k' at screen 0.22911,0.22355 left front
set arrow 5 from screen 0.20966,0.19360 to screen 0.22911,0.21257 nohead lc rgb '#888888' front
set label 6 'ReLoRA, 115k' at screen 0.83957,0.16713 right front
set label 7 'ReLoRA, as shipped, 115k' at screen 0.83957,0.20030 right front
set label 8 'GaLore, 115k' at screen 0.36233,0.18183 left front
set label 9 'SLTrain, 86.8k' at screen 0.25355,0.12932 center front
plot 'figure-1.dat' index 1 every ::0::0 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#000000' fs transparent solid 0.35 border lc rgb '#000000', \
  'figure-1.dat' index 1 every ::0::0 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#000000', \
  'figure-1.dat' index 1 every ::0::0 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#000000', \
  'figure-1.dat' index 1 every ::1::1 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#E69F00' fs transparent solid 0.35 border lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::1::1 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::1::1 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::2::2 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#E69F00' fs transparent solid 0.35 border lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::2::2 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::2::2 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::3::3 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#E69F00' fs transparent solid 0.35 border lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::3::3 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::3::3 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::4::4 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#E69F00' fs transparent solid 0.35 border lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::4::4 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::4::4 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#E69F00', \
  'figure-1.dat' index 1 every ::5::5 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#009E73' fs transparent solid 0.35 border lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::5::5 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::5::5 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::6::6 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#009E73' fs transparent solid 0.35 border lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::6::6 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::6::6 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#009E73', \
  'figure-1.dat' index 1 every ::7::7 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#0072B2' fs transparent solid 0.35 border lc rgb '#0072B2', \
  'figure-1.dat' index 1 every ::7::7 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#0072B2', \
  'figure-1.dat' index 1 every ::7::7 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#0072B2', \
  'figure-1.dat' index 1 every ::8::8 using ($2/1000.0):3:(9.297802636103155*sqrt($5/115232.0)) with circles lc rgb '#D55E00' fs transparent solid 0.35 border lc rgb '#D55E00', \
  'figure-1.dat' index 1 every ::8::8 using ($2/1000.0):($3-$4):(0):(2*$4) with vectors heads size screen 0.006,90 lc rgb '#D55E00', \
  'figure-1.dat' index 1 every ::8::8 using ($2/1000.0):3 with points pt 7 ps 0.3 lc rgb '#D55E00'
unset label
unset arrow
unset multiplot
